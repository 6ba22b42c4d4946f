/** Largest file that is taken, in bytes, and how many a rectification may have. */
export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024
export const MAX_ATTACHMENTS = 20
