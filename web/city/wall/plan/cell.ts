/** A tile's cell in the units of the marks, which are 24 wide: the mark in the middle, room for ring and corner. */
export const CELL = 31
export const INSET = (CELL - 24) / 2
/** The line under the mark of a portal. */
export const PORTAL = `M6 ${CELL - 1.6}H${CELL - 6}`
