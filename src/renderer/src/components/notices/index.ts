export { copyText } from './copy-text.ts'
export { default as NoticeDialog } from './NoticeDialog.vue'
export { default as NoticeList } from './NoticeList.vue'
