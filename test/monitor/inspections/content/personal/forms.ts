export const page = (body: string) =>
  `<html><head><meta charset="utf-8"><title>公示</title></head><body>${body}</body></html>`
export const list = (head: readonly string[], ...rows: readonly (readonly string[])[]) =>
  `<table><tr>${head.map((one) => `<th>${one}</th>`).join('')}</tr>${rows
    .map((row) => `<tr>${row.map((one) => `<td>${one}</td>`).join('')}</tr>`)
    .join('')}</table>`
