/** Tencent's four: what a group cannot take in its second is dropped from the end of this list first. https://www.tencentcloud.com/document/product/1047/34959 */
export const PRIORITIES = ['High', 'Normal', 'Low', 'Lowest'] as const
export type Priority = typeof PRIORITIES[number]
