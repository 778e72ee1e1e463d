/** What helps to understand a fault, a line each: the app's host with its version, the device with its system, the network. */
export type DescribeDevice = () => Promise<readonly string[]>
