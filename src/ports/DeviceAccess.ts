/** Permission for camera and microphone, asked on a tap and explained first. */
export type Permission
  = | 'granted' | 'denied' | 'unknown'
  /** Browsers give camera and microphone to https and localhost only. */
    | 'insecure'

export interface DeviceAccess {
  query: (device: 'camera' | 'microphone') => Promise<Permission>
  /** Shows the system's own question where it has not been answered yet. */
  request: (device: 'camera' | 'microphone') => Promise<Permission>
  /** Opens the settings where a denied permission can be given; resolves when the person is back. */
  openSettings: () => Promise<void>
}
