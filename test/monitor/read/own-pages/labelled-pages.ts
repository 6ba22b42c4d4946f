import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of labelled pages of real sites: beside the project, or where `LABELLED_PAGES` says. Ends with a slash. */
export const LABELLED_PAGES = `${process.env.LABELLED_PAGES ?? fileURLToPath(new URL('../../../../../shared/material/pages', import.meta.url))}/`

/** They are other people's and no part of the project: tests about them are skipped where they are not at hand. */
export const hasLabelledPages = existsSync(`${LABELLED_PAGES}manifest.json`)
