/* A tap on a plan says where: <figure data-plan> in a form with the hidden fields x and y, which take
   0 … 1 of the picture's width and height from the top left. */

export function startPlan(): void {
  document.addEventListener("click", (event) => {
    const plan = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-plan]") : null;
    const picture = plan?.querySelector("img");
    const form = plan?.closest("form");
    if (!plan || !picture || !form) return;
    const box = picture.getBoundingClientRect();
    const x = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const y = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
    for (const [name, value] of [["x", x], ["y", y]] as const) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value.toFixed(4);
    }
    const mark = plan.querySelector<HTMLElement>(".al-plan-point");
    if (!mark) return;
    mark.hidden = false;
    mark.style.left = `${x * 100}%`;
    mark.style.top = `${y * 100}%`;
  });
}
