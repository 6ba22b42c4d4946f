declare module '*/locales/desk.ts?only=zh-CN' {
  export { desk } from './desk.ts'
}
declare module '*/locales/desk.ts?only=en' {
  export { desk } from './desk.ts'
}
