import type { Recipe } from './imports.model.ts';

/** Reads as found out: UTF-8 unless the file says otherwise by a byte order mark. */
export const readAsFound: Recipe['read'] = {
  container: null,
  encoding: null,
  delimiter: null,
  hasHeader: null,
  part: null,
  pdfAs: null,
};
