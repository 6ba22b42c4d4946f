/** A name as one searches for it: without what it is (区, 市, 街道 …), if something is left. */
export function stemOf(name: string): string {
  const stem = name.replace(/(街道办事处|街道|地区|省|市|区|县|镇|乡)$/, '')
  return stem.length > 1 ? stem : name
}
