/** What an element holds. */
type Content = Node | string;

/** Makes an element with attributes and content, lists of it too; text is text. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...content: readonly (Content | readonly Content[])[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  for (const one of content.flat()) element.append(one);
  return element;
}
