import { dirsyncV2 } from "./dirsync-v2.ts";
import { entraConnect } from "./entra-connect.ts";
import type { Service, ServiceName } from "./service.ts";

/** The services by name. */
export const services: Readonly<Record<ServiceName, Service>> = {
  "dirsync-v2": dirsyncV2,
  "entra-connect": entraConnect,
};

/** The other of the two services. */
export function otherService({ name }: Service): Service {
  return name === "dirsync-v2" ? entraConnect : dirsyncV2;
}
