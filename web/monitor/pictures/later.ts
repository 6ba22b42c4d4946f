import { defineAsyncComponent } from 'vue'
import { withWords } from '../../base/i18n.ts'

/* Parts for pages that are there before any picture is asked for: loaded with their words once they are shown. */

export const PictureGrid = defineAsyncComponent(withWords(['inspect'], () => import('./PictureGrid.vue')))
export const PictureStrip = defineAsyncComponent(withWords(['inspect'], () => import('./PictureStrip.vue')))
export const PictureCompare = defineAsyncComponent(
  withWords(['inspect'], () => import('./PictureCompare.vue')),
)
