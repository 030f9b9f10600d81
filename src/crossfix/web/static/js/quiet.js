// vis-timeline's script brings its sheets along as <style> elements. The policy of this site allows no styles made by scripts, and the same
// sheet is linked by the page; so while that script starts, what it makes as style is an inert element. timeline.js puts all back.
(() => {
  const { createElement } = document;
  document.createElement = (name, ...rest) => createElement.call(document, name === "style" ? "template" : name, ...rest);
  window.crossfixLoud = () => {
    document.createElement = createElement;
    delete window.crossfixLoud;
    for (const made of document.head.querySelectorAll("template")) made.remove();
  };
})();
