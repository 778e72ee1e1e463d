/** Mix_StreamV2 as the old clients ask for it: the guests as tiles at the right, stacked from below. */
const CANVAS = { width: 360, height: 640 }
const TILE = { width: 120, height: 180, offset: 60 }

/** In `appId` the wx client puts its SDKAppID, the native ones nothing. */
export function mergeParams(main: string, guests: readonly string[], appId: string, now: number): object {
  const seconds = Math.round(now / 1000)
  const inputs = [
    { input_stream_id: main, layout_params: { image_layer: 1 } },
    ...guests.map((id, index) => ({
      input_stream_id: id,
      layout_params: {
        image_layer: index + 2,
        image_width: TILE.width,
        image_height: TILE.height,
        location_x: CANVAS.width - TILE.width,
        location_y: CANVAS.height - TILE.height - TILE.offset - index * TILE.height,
      },
    })),
  ]
  return {
    timestamp: seconds,
    eventId: seconds,
    interface: {
      interfaceName: 'Mix_StreamV2',
      para: {
        app_id: appId,
        interface: 'mix_streamv2.start_mix_stream_advanced',
        mix_stream_session_id: main,
        output_stream_id: main,
        input_stream_list: inputs,
      },
    },
  }
}
