/**
 * Thrown by the first awaited call after the device refused a command, for example a buffer beyond
 * its limits or its memory: results since then are not to be trusted. Later calls work again.
 */
export class DeviceError extends RangeError {
  /** Name of the class. */
  override readonly name: string = "DeviceError";
}

/**
 * Thrown by every call after the device was lost, with all that lay in its memory: the driver was
 * reset, the machine slept, or the program destroyed the device. Choosing the backend again starts
 * another device.
 */
export class DeviceLostError extends DeviceError {
  /** Name of the class. */
  override readonly name: string = "DeviceLostError";
}
