/**
 * Words inside a video beside its own row: its captions in other languages, and what is drawn into and said in the
 * videos whose picture it shows. For viewers who mute words, read together with the video (`posts.many`), so that a word
 * written today is obeyed on the next page. Most videos have none: then nothing is looked up.
 */

/** Characters of all captions together, shared alike: as much as is looked at of a video's own ones. */
const captionsLength = 60_000;
/** And of all texts drawn into the pictures. */
const drawnLength = 20_000;
/** Between texts of one list: no word or phrase reaches over it, and none is written with it. */
const between = '\u001f';

const tracksOf = (video: string) =>
  `video_captions c where c.video_id = ${video}.id and ${video}.caption_languages <> '{}'`;
const picturesOf = (video: string) =>
  `videos p where p.id = any(${video}.pictures) and ${video}.pictures <> '{}' and p.deleted_at is null`;

const hasInside = (v: string) => `(${v}.caption_languages <> '{}' or ${v}.pictures <> '{}')`;

/** SQL: changes whenever one of the words does. `v` is the video; null where it has nothing of the kind. */
export const versionInside = (v: string) => `case when ${hasInside(v)} then concat(
  't' || (select string_agg(c.xmin::text, '.' order by c.language) from ${tracksOf(v)}),
  'p' || (select string_agg(concat_ws('/', p.xmin,
    (select string_agg(c.xmin::text, '/' order by c.language) from ${tracksOf('p')})), '.' order by p.id)
    from ${picturesOf(v)})) end`;

/** SQL: an array of texts as JSON, each a list (`textsInside`); null where there is none. */
export const wordsInside = (v: string) => `case when ${hasInside(v)} then (
  select json_agg(text) from (
    select left((select string_agg(cue ->> 'text', ' ' order by at)
        from jsonb_array_elements(cues) with ordinality as said(cue, at)),
      (${captionsLength} / count(*) over ())::int) as text
    from (
      select c.cues from ${tracksOf(v)}
      union all select p.cues from ${picturesOf(v)} and p.cues is not null
      union all select others.cues from videos p
        cross join lateral (select c.cues from ${tracksOf('p')} offset 0) others
        where p.id = any(${v}.pictures) and ${v}.pictures <> '{}' and p.deleted_at is null
    ) tracks
    union all
    select left(array_to_string(p.picture_texts, '${between}'), (${drawnLength} / count(*) over ())::int)
    from ${picturesOf(v)} and p.picture_texts <> '{}'
  ) inside where text <> '') end`;

export const textsInside = (lists: readonly string[] | null): string[] =>
  lists?.flatMap((list) => list.split(between)) ?? [];
