/** By what two sites may be one: the address of the home page, the name in one district, the ICP number. */
export const SAME = ['address', 'name', 'icp'] as const
export type Same = (typeof SAME)[number]
