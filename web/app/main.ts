import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { watchScripts } from '../base/build.ts'
import { startClock } from '../base/clock.ts'
import { i18n, t } from '../base/i18n.ts'
import { applyPreferences } from '../base/preferences.ts'
import { loadType } from '../base/type/load.ts'
import App from './App.vue'
import { fetchAhead } from './ahead.ts'
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
fetchAhead(router)
app.mount('#app')
loadType()
