/* A list put in order by dragging; the buttons up and down stay. */
(function () {
  "use strict";
  Array.prototype.forEach.call(document.querySelectorAll("ol[data-order-form]"), function (list) {
    var form = document.getElementById(list.dataset.orderForm);
    var held = null;
    Array.prototype.forEach.call(list.children, function (item) {
      item.draggable = true;
      item.addEventListener("dragstart", function (event) {
        held = item;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", "");
      });
      item.addEventListener("dragover", function (event) {
        if (!held || held === item) { return; }
        event.preventDefault();
        var box = item.getBoundingClientRect();
        list.insertBefore(held, event.clientY > box.top + box.height / 2 ? item.nextSibling : item);
      });
      item.addEventListener("drop", function (event) { event.preventDefault(); });
      item.addEventListener("dragend", function () {
        held = null;
        form.elements.order.disabled = false;
        form.elements.order.value = Array.prototype.map.call(list.children, function (one) { return one.dataset.key; }).join(",");
        form.submit();
      });
    });
  });
})();
