/** The beginning of a JPEG of that size, as browsers write it; `n` makes it another one. */
export function picture(width: number, height: number, n = 0): Buffer {
  const frame = Buffer.from('ffc000110800000000030122000211010311 01'.replaceAll(' ', ''), 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const head = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex')
  const said = Buffer.from([0xff, 0xfe, 0x00, 0x06, 0, 0, 0, n])
  return Buffer.concat([head, said, frame, Buffer.from('ffd9', 'hex')])
}
