import { z } from 'zod'

/** What can be seen: no blank, no control, no joiner, no filler. */
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]/u

/** A text that somebody sends, without blanks around it; '' where nothing of it can be seen, so that `min(1)` refuses it. */
export const sentText = z.string().overwrite((text) => (VISIBLE.test(text) ? text.trim() : ''))
