import { expect } from "vitest";
import type { User } from "../../src/index.ts";
import { formatProxyAddress } from "../../src/model/address.ts";
import { type Person, truthOf } from "../writing/person.ts";
import type { ProducedFile, Producer } from "../writing/producers.ts";

/** Every field that the export shows of a person is as it is in truth, and those that the producer promises are there. */
export function expectTruth(
  user: User | undefined,
  person: Person,
  producer: Producer,
  { alters }: ProducedFile,
): void {
  const truth = truthOf(person);
  const expected = comparable(alters?.(truth) ?? truth);
  const { id: _id, type, origin: _origin, whenChanged: _whenChanged, ...shown } = user ?? {};
  expect(type).toBe("user");
  for (const [field, value] of Object.entries(comparable(shown))) {
    expect([person.key, field, value]).toEqual([person.key, field, expected[field] ?? ""]);
  }
  const missing = producer.fields.filter((field) => user?.[field] === undefined && expected[field] !== "");
  expect([person.key, ...missing]).toEqual([person.key]);
}

/** The fields by name, addresses in no order. */
export function comparable(user: Partial<User>): Readonly<Record<string, unknown>> {
  const { proxyAddresses, ...rest } = user;
  return proxyAddresses === undefined
    ? rest
    : { ...rest, proxyAddresses: proxyAddresses.map(formatProxyAddress).sort() };
}
