// Without script there is no control that does nothing. What needs script is made by script.
() => all("button, input, select, textarea, [role=button], [onclick]")
  .filter((control) => isVisible(control) && !control.disabled && !control.closest("form[action]"))
  .map((control) => ({ element: describe(control), detail: "does nothing without script" }))
