const AMOUNT = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 6 });

/** 12.4 is 12.40. */
export function amount(number) {
  return AMOUNT.format(number);
}

/** What is known, and how many pictures have no known price: USD 12.40 + 3 unpriced. */
export function money(sum, unpriced, currency) {
  const rest = unpriced > 0 ? `${unpriced} unpriced` : '';
  if (sum === null) {
    return rest || '–';
  }
  return `${currency} ${amount(sum)}${rest && ` + ${rest}`}`;
}
