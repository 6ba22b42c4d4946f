import { shallowRef } from 'vue'
import {
  isNavigationFailure,
  NavigationFailureType,
  type RouteLocationNormalized,
  type Router,
} from 'vue-router'
import { onLeave } from '../../forget.ts'

/** Another page was asked for, and the one before is still shown: it is not to take keys that are meant for the other. */
export const isLeaving = shallowRef(false)
onLeave(() => {
  isLeaving.value = false
})

/** Follows a router from one page to another. A filter in the address is no other page. */
export function followLeaving(router: Router): void {
  let wanted: RouteLocationNormalized | null = null
  const arrive = (to: RouteLocationNormalized): void => {
    // Of two that were asked for, the first has not been waited for.
    if (to === wanted) isLeaving.value = false
  }
  router.beforeEach((to, from) => {
    wanted = to
    isLeaving.value = from.name !== undefined && to.name !== from.name
  })
  router.afterEach((to, _, failure) => {
    // Back to the page where one is: what was being fetched is not waited for any more.
    if (isNavigationFailure(failure, NavigationFailureType.duplicated)) isLeaving.value = false
    arrive(to)
  })
  router.onError((_, to) => arrive(to))
}
