import { services } from "./index.ts";
import type { Service, ServiceName } from "./service.ts";

/** By what a service was told. */
type ToldBy = "option" | "online-format" | "default";

/** The service of an analysis, and by what it was told. */
export interface ToldService {
  readonly service: Service;
  readonly toldBy: ToldBy;
}

/**
 * Tells the service whose run is predicted: the one that is asked for; else that of the time of the online exports, where one
 * that exists only today decides; else that of the move from BPOS.
 */
export function tellService(
  asked: ServiceName | undefined,
  exports: readonly { readonly service?: ServiceName }[],
): ToldService {
  if (asked !== undefined) return { service: services[asked], toldBy: "option" };
  const told = new Set(exports.map(({ service }) => service));
  if (told.has("entra-connect")) return { service: services["entra-connect"], toldBy: "online-format" };
  return { service: services["dirsync-v2"], toldBy: told.has("dirsync-v2") ? "online-format" : "default" };
}
