/* form[data-autosubmit]: a changed choice, date or tick is sent at once; Save is for those without us. */
document.addEventListener("change", ({ target }) => {
  target.form?.matches("[data-autosubmit]") && target.form.requestSubmit();
});
