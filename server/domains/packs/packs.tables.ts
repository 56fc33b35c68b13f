import type { ColumnType, Generated } from 'kysely';
import type { DeskPack, Names, PackDeed, PackSeason } from '../../../contract/packs.ts';

type Json<Value> = ColumnType<Value, string, string>;

export type PackTables = {
  sticker_packs: {
    key: string;
    names: Json<Names>;
    markets: string[];
    season: Json<PackSeason>;
    position: number;
    state: DeskPack['state'];
    is_starter: boolean;
  };
  pack_stickers: {
    key: string;
    pack_key: string;
    name: string;
    names: Json<Names>;
    svg: string;
    position: number;
    removed_at: Date | null;
  };
  pack_deeds: {
    id: Generated<string>;
    pack_key: string;
    at: Date;
    by_account: string | null;
    what: PackDeed['what'];
    sticker: string | null;
    details: ColumnType<unknown, string | null, never>;
  };
  pack_market: { one: Generated<boolean>; market: string | null };
};
