package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// What lies over the line does not take the letters that are meant for it.
func TestLettersGoToTheLineWhateverIsOpen(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "harbour")
	s := visit(t, p.URL)
	s.shows("harbour")
	s.press(kb.ArrowUp)
	s.until(`document.activeElement.className === 'strip-pick'`)
	s.press("s")
	s.until(`word.value === 's' && document.activeElement === word && strip.hidden`)
	s.press(kb.Escape)
	s.click(`[popovertarget="about"]`)
	s.until(`about.matches(':popover-open')`)
	s.press("e", "a")
	s.until(`word.value === 'sea' && document.activeElement === word && !about.matches(':popover-open')`)
	s.press(kb.Escape)
	s.click(`[popovertarget="about"]`)
	s.press(kb.Tab) // into the card, which has letters only in its fields
	s.until(`about.contains(document.activeElement)`)
	s.press("s")
	s.until(`word.value === 'seas' && document.activeElement === word && !about.matches(':popover-open')`)
	s.press(kb.Escape)
	s.click(`[popovertarget="about"]`)
	s.click(`[name="tz"]`)
	s.press("U")
	s.until(`build.elements.tz.value === 'U' && word.value === 'seas'`)
}

// A control that is of no use any more hands its focus on.
func TestFocusOutlivesItsControl(t *testing.T) {
	t.Parallel()
	p := start(t, "ADMIN_TOKEN="+token)
	for _, word := range []string{"harbour", "forest", "snow"} {
		p.Publish("main", word)
	}
	s := visit(t, p.URL)
	s.shows("snow")
	focus := func(id string) { evaluate[bool](t, s.ctx, `(document.getElementById('`+id+`').focus(), true)`) }
	focus("back")
	s.press(kb.Enter)
	s.shows("forest")
	s.want(`document.activeElement.id`, "back")
	s.press(kb.Enter)
	s.shows("harbour")
	s.want(`back.disabled + document.activeElement.id`, "truepause")
	focus("live")
	s.press(kb.Enter)
	s.shows("snow")
	s.want(`live.hidden + document.activeElement.id`, "truepause")

	desk := openDesk(t, p.URL)
	desk.until(`lasts.children.length === 2`)
	for _, heir := range []string{"BUTTON harbour", "H2 Last pictures"} {
		evaluate[bool](t, desk.ctx, `(document.querySelector('.last-off').focus(), true)`)
		desk.press(kb.Enter)
		desk.settle()
		desk.press(kb.Enter)
		desk.until(`(({ tagName, textContent, parentElement }) => tagName + ' ' + (tagName === 'H2' ? textContent : parentElement.querySelector('p').textContent))(document.activeElement) === %q`, heir)
	}
}

// WCAG 2.4.7: nothing that has faded away has the focus, and the key that brings
// the controls back finds it where it was.
func TestFocusDoesNotFadeAway(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "harbour")
	s := visit(t, p.URL)
	s.shows("harbour")
	for s.text(`document.activeElement.id`) != "pause" {
		s.press(kb.Tab)
	}
	s.want(`pass(59000)`, "false") // somebody who reads the screen by its focus needs time
	s.want(`pass(1000)`, "true")
	s.want(`document.activeElement === document.body`, "true")
	s.press(" ") // only wakes
	s.until(`document.activeElement.id === 'pause' && !('idle' in document.documentElement.dataset)`)
	s.want(`pause.ariaPressed`, "false")
}

func TestToolsStayInOneRow(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "harbour")
	s := visit(t, p.URL)
	s.shows("harbour")
	s.press(" ")
	p.Publish("main", "forest")
	s.until(`live.textContent === 'Back to live (1 new)'`)
	for _, width := range []int64{1280, 960, 680, 390, 320} {
		s.size(width, 600)
		s.until(`innerWidth === %d`, width)
		s.want(`[...tools.children].filter((tool) => tool.offsetWidth).every((tool, i, all) => tool.offsetTop === all[0].offsetTop) && document.documentElement.scrollWidth <= innerWidth`, "true")
	}
}

// A credit that needs several lines leaves no "by" alone and begins none with a dot.
func TestCreditBreaksWell(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Publish("main", "harbour")
	s := visit(t, p.URL)
	s.shows("harbour")
	for _, owner := range []string{"Ann", "The Society for the Preservation of Long and Unwieldy Names of Photographers", "averyveryverylongnamewithoutanyspaceinit_1234567890_and_still_more_of_it"} {
		for _, size := range [][2]int64{{1280, 800}, {844, 390}, {390, 844}, {320, 568}} {
			s.size(size[0], size[1])
			s.until(`innerWidth === %d`, size[0])
			s.want(`(() => {
				const owner = document.querySelector('.credit-owner');
				const boxes = (node) => {
					const range = document.createRange();
					range.selectNodeContents(node);
					return [...range.getClientRects()].filter(({ width }) => width > 0);
				};
				owner.querySelector('bdi').textContent = '`+owner+`';
				const line = (box) => Math.round(box.bottom / 8);
				const problems = [];
				if (line(boxes(owner.firstChild)[0]) !== line(boxes(owner.querySelector('bdi'))[0])) problems.push('by stands alone');
				const texts = [...boxes(owner), ...boxes(document.querySelector('.credit-license a'))];
				for (const dot of boxes(document.querySelector('.credit-license .credit-dot'))) {
					const beside = texts.filter((box) => line(box) === line(dot));
					if (!beside.some(({ right }) => right <= dot.left + 1) || !beside.some(({ left }) => left >= dot.right - 1)) problems.push('a dot at an end');
				}
				return problems.join();
			})()`, "")
		}
	}
	// Noto Serif, which phones have, is 1.37 of its size high, and a field cuts off the rest.
	s.want(`[...document.querySelectorAll('input[type="text"]')].every((field) => !(parseFloat(getComputedStyle(field).lineHeight) / parseFloat(getComputedStyle(field).fontSize) < 1.37))`, "true")
}
