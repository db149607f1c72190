declare module 'yazl' {
  import type { Readable } from 'node:stream';

  /** What the tests use of a package that comes without types. */
  type Options = { mtime: Date; mode: number; compress: boolean };
  export class ZipFile {
    readonly outputStream: Readable;
    addBuffer(buffer: Buffer, name: string, options?: Partial<Options>): void;
    end(): void;
  }
}
