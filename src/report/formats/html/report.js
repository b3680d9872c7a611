// Filters by transform and level. Everything can be read without this script; then there are no filters.
"use strict";
(() => {
  const filters = document.getElementById("filters");
  const boxes = [...filters.querySelectorAll("input")];
  const told = document.getElementById("shown");
  const files = [...document.querySelectorAll("[data-file]")];
  const entries = [...document.querySelectorAll(".entry[data-keys]")];
  if (entries.length === 0) return;

  const wanted = (name) =>
    new Set(boxes.filter((box) => box.name === name && box.checked).map((box) => box.value));

  // What was declined has no level: `transform:`.
  const isWanted = (element, transforms, levels) =>
    element.dataset.keys.split(" ").some((key) => {
      const [transform, level] = key.split(":");
      return transforms.has(transform) && (level === "" || levels.has(level));
    });

  const isShown = (element) => !element.hidden && !element.closest("[hidden]");

  const apply = () => {
    const transforms = wanted("transform");
    const levels = wanted("level");
    const isAll = boxes.every((box) => box.checked);
    for (const file of files) {
      file.hidden = false;
      const keyed = [...file.querySelectorAll("[data-keys]")];
      for (const element of keyed) element.hidden = !isWanted(element, transforms, levels);
      for (const group of file.querySelectorAll("[data-group]")) {
        group.hidden = [...group.querySelectorAll("[data-keys]")].every((it) => it.hidden);
      }
      const row = document.querySelector(`[data-row="${file.dataset.file}"]`);
      for (const cell of row.querySelectorAll("[data-count]")) {
        const of = file.querySelectorAll(`.entry[data-kind="${cell.dataset.count}"]`);
        cell.textContent = [...of].filter(isShown).length;
      }
      file.hidden = !isAll && keyed.every((element) => element.hidden);
      row.hidden = file.hidden;
    }
    const count = (list) => `${list.filter(isShown).length} of ${list.length}`;
    told.textContent = `${count(entries)} entries, ${count(files)} files shown.`;
  };

  filters.addEventListener("change", apply);
  document.getElementById("all").addEventListener("click", () => {
    for (const box of boxes) box.checked = true;
    apply();
  });
  // A browser may bring back boxes as they were left.
  filters.hidden = false;
  apply();
})();
