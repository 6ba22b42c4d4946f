/** Clip paths that leave nothing. */
export const CLIPPED =
  /^(?:inset\(\s*(?:100|[5-9]\d)%\s*\)|circle\(\s*0|ellipse\(\s*0|polygon\(\s*(?:0(?:px|%)?[\s,]*)+\))/
