const KB = 1024

/** A file's size as people say it: '812 B', '24 KB', '1.5 MB'. */
export function fileSize(bytes: number): string {
  if (bytes < KB) return `${bytes} B`
  if (bytes < KB * KB) return `${Math.round(bytes / KB)} KB`
  return `${(bytes / KB / KB).toFixed(1)} MB`
}
