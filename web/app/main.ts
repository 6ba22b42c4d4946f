import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { watchScripts } from '../base/build.ts'
import { startClock } from '../base/clock.ts'
import { i18n, t } from '../base/i18n.ts'
import { applyPreferences } from '../base/preferences.ts'
import App from './App.vue'
import { router } from './router.ts'
import { catchFaults } from './shell/faults.ts'
import '../base/styles/tokens.css'
import '../base/styles/base.css'
import { sayFaultsInWords } from '../base/ui/controls/validity.ts'
import { toast } from '../base/ui/dialogs/toasts.ts'

applyPreferences()
startClock()
sayFaultsInWords()
watchScripts(router, () => toast(t('away'), 'dead'))
const app = createApp(App).use(createPinia()).use(i18n).use(router)
catchFaults(app)
app.mount('#app')
// What screens need first in one file, the rest by the slice; a browser fetches none where the system has Chinese.
void import('../base/type/siteward-sc.css')
void import('@fontsource-variable/noto-sans-sc/index.css')
