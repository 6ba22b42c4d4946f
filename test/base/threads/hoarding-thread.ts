const MB = 1024 * 1024

/** Unpacks so many megabytes, outside what its thread is allowed for its living objects. */
export default function hoard(megabytes: number): number {
  const all: Buffer[] = []
  while (all.length < megabytes) all.push(Buffer.alloc(MB, 1))
  return all.length
}
