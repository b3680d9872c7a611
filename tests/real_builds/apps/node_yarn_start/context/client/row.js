export function row({ line, minutes }) {
  const element = document.createElement('p');
  element.textContent = `${line} in ${minutes} min`;
  return element;
}
