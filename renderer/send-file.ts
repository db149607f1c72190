import { rpc } from './rpc.ts';

/** The bytes of a piece of a file as base64, the way the contract carries them. */
async function base64Of(piece: Blob): Promise<string> {
  const bytes = new Uint8Array(await piece.arrayBuffer());
  let binary = '';
  const step = 0x8000;
  for (let at = 0; at < bytes.length; at += step) {
    binary += String.fromCharCode(...bytes.subarray(at, at + step));
  }
  return btoa(binary);
}

/**
 * Streams a file that the window holds (dropped, pasted, chosen) to the core piece by piece; answers its file id.
 * Stops, and leaves nothing behind, when `signal` fires.
 */
export async function sendFile(
  file: File,
  call: { signal?: AbortSignal; onProgress?: (sentBytes: number) => void } = {},
): Promise<string> {
  const { uploadId, chunkBytes } = await rpc.files.beginUpload({ name: file.name, sizeBytes: file.size });
  try {
    for (let index = 0; index * chunkBytes < file.size; index += 1) {
      call.signal?.throwIfAborted();
      const piece = file.slice(index * chunkBytes, (index + 1) * chunkBytes);
      const { receivedBytes } = await rpc.files.sendChunk({ uploadId, index, base64: await base64Of(piece) });
      call.onProgress?.(receivedBytes);
    }
    const { file: chosen } = await rpc.files.endUpload({ uploadId });
    return chosen.fileId;
  } catch (error) {
    await rpc.files.abortUpload({ uploadId });
    throw error;
  }
}
