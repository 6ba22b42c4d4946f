/* The smallest PDFs that a reader takes. */

/** A page with lines of text, and something packed beside it. */
export function pdfOf(lines: readonly string[], packed?: Uint8Array): Uint8Array {
  const shown = lines.map((line, n) => `BT /F1 12 Tf 50 ${700 - n * 20} Td (${line}) Tj ET`).join('\n')
  return assemble([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${shown.length} >>\nstream\n${shown}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...(packed
      ? [
          `<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n${Buffer.from(packed).toString('latin1')}\nendstream`,
        ]
      : []),
  ])
}

/** One that opens with a password only. */
export function encryptedPdf(): Uint8Array {
  const key = 'ab'.repeat(32)
  return assemble(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [] /Count 0 >>',
      `<< /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >>`,
    ],
    `/Encrypt 3 0 R /ID [<${'01'.repeat(16)}> <${'01'.repeat(16)}>]`,
  )
}

function assemble(objects: readonly string[], more = ''): Uint8Array {
  let text = '%PDF-1.4\n'
  const places = objects.map((body, at) => {
    const place = text.length
    text += `${at + 1} 0 obj\n${body}\nendobj\n`
    return place
  })
  const start = text.length
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${more} >>\nstartxref\n${start}\n%%EOF`
  return Uint8Array.from(Buffer.from(text, 'latin1'))
}
