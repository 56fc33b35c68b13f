import type { EditList } from '../../../../contract/edit-list.ts';
import { ApiProblem, api } from '../../../api.ts';
import { paths } from '../../../paths.ts';
import { navigate } from '../../../shell/link.tsx';
import { continueUpload } from '../../upload/current-upload.ts';
import { wordsAlong } from './words-along.ts';

/** As after an export in the browser: its words are written while the server reads it. False: it is gone. */
export async function publishRendered(
  uploadId: string,
  draftId: string,
  list: EditList,
  asTemplate: boolean,
  without: readonly string[],
): Promise<boolean> {
  try {
    await continueUpload(await api.getUpload(uploadId), wordsAlong(draftId, list, asTemplate, without));
  } catch (error) {
    if (error instanceof ApiProblem) return false;
    throw error;
  }
  navigate(paths.upload());
  return true;
}
