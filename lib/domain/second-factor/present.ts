/** A stored device, as the data layer hands it out. */
interface TotpDevice {
  readonly id: string;
  readonly userId: string;
  readonly activatedAt: Date | null;
  readonly createdAt: Date;
  readonly version: number;
}

export interface TotpDeviceView {
  readonly id: string;
  readonly userId: string;
  readonly isActivated: boolean;
  readonly createdAt: string;
  readonly version: number;
}

/** The only way a device leaves the server; its seed goes beside it, from what made the seed and from nothing else. */
export function presentTotpDevice(device: TotpDevice): TotpDeviceView {
  return {
    id: device.id,
    userId: device.userId,
    isActivated: device.activatedAt !== null,
    createdAt: device.createdAt.toISOString(),
    version: device.version,
  };
}
