// For tests: what V8 compiled of a source file is kept, so that the many threads and programs that tests start need not
// compile the same files again. Every process and thread that is started inherits the folder.
import { join } from 'node:path';
import { project } from './stamp.mjs';

process.env.NODE_COMPILE_CACHE ??= join(project, '.lapidary', 'compiled');
