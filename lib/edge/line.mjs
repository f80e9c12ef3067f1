// @ts-check
/**
 * A line at the door: so many requests are worked on at once, some wait for a moment, the others are told at once when
 * to come again. So a crowd makes the shop no slower for those who are in, and those who pay go first.
 */
import { AsyncResource } from "node:async_hooks";

/**
 * @typedef {object} Size
 * @property {number} inside worked on at once
 * @property {number} [busy] of those, how many while the processor has no moment free: more would only make each slower
 * @property {readonly [number, number]} waiting most in each lane
 * @property {readonly [number, number]} patience milliseconds in line, in each lane
 */

/** Who pays, and all others. @typedef {0 | 1} Lane */

/** Seconds over which is counted how many came and went, and between which somebody is told to come again. */
const OVER = 5;
const SOONEST = 2;
const LONGEST = 28;

/** How many of something there were in the last seconds; what is older fades. */
class Recently {
  #count = 0;
  #at = performance.now();

  add() {
    this.#count = this.read() + 1;
  }

  read() {
    const now = performance.now();
    this.#count *= Math.exp((this.#at - now) / (OVER * 1000));
    this.#at = now;
    return this.#count;
  }
}

export class Line {
  /** @type {readonly [Waiter[], Waiter[]]} */
  #lanes = [[], []];
  #inside = 0;
  #turn = 0;
  #away = new Recently();
  #served = new Recently();
  #lastServed = Number.NEGATIVE_INFINITY;

  /**
   * @param {Size} size
   * @param {() => boolean} [isBusy] whether the processor has no moment free
   */
  constructor({ inside, busy = inside, waiting, patience }, isBusy = () => false) {
    this.inside = inside;
    this.busy = busy;
    this.waiting = waiting;
    this.patience = patience;
    this.isBusy = isBusy;
  }

  /** @typedef {{ enter: () => void, timer: NodeJS.Timeout }} Waiter */

  /**
   * Runs `enter` now or when there is room, `refuse` when there is none in time.
   * @param {Lane} lane
   * @param {() => void} enter
   * @param {() => void} refuse
   * @returns {(isServed?: boolean) => void} to be called once when the request is over; `false` where it failed or was given up
   */
  join(lane, enter, refuse) {
    let state = "waiting";
    const goIn = () => {
      state = "inside";
      this.#inside += 1;
      enter();
    };
    const sendAway = () => {
      state = "over";
      this.#away.add();
      refuse();
    };
    const waiting = this.#lanes[lane];
    /** @type {Waiter | undefined} */
    let waiter;
    const leaveLine = () => {
      if (!waiter) return;
      clearTimeout(waiter.timer);
      const at = waiting.indexOf(waiter);
      if (at >= 0) waiting.splice(at, 1);
    };
    // Since the last one left the processor may have got free.
    this.#next();
    if (this.#hasRoom()) goIn();
    else if (waiting.length >= this.waiting[lane]) {
      sendAway();
    } else {
      const giveUp = () => {
        leaveLine();
        sendAway();
      };
      // Who waited is let in by the end of somebody else's request, and must not run as a part of it: each would keep
      // the one before alive, with all that was rendered for it.
      waiter = { enter: AsyncResource.bind(goIn), timer: setTimeout(giveUp, this.patience[lane]) };
      waiting.push(waiter);
    }
    return (isServed = true) => {
      if (state === "waiting") leaveLine();
      if (state === "inside") {
        this.#inside -= 1;
        if (isServed) {
          this.#served.add();
          this.#lastServed = performance.now();
        }
        this.#next();
      }
      state = "over";
    };
  }

  /**
   * Whether there is a crowd: somebody was served in the last seconds, or the processor works without a pause. If
   * neither, what stands behind the line is stuck.
   */
  isMoving() {
    return performance.now() - this.#lastServed < OVER * 1000 || this.isBusy();
  }

  /**
   * After how many seconds to come again: as many as it takes, at the speed of the last seconds, to serve those who were
   * sent away in them, and each a little differently, or all of them come again in the same second.
   * @returns {number}
   */
  later() {
    const crowd = this.#away.read() / Math.max(1, this.#served.read());
    const most = Math.min(LONGEST, Math.max(SOONEST, crowd * OVER));
    return Math.ceil(SOONEST + Math.random() * most);
  }

  #hasRoom() {
    return this.#inside < this.busy || (this.#inside < this.inside && !this.isBusy());
  }

  /** Those who pay go first, but every fourth is one of the others: nobody waits in vain. */
  #next() {
    while (this.#hasRoom()) {
      const turn = (this.#turn + 1) % 4;
      const [first, second] = turn === 0 ? [1, 0] : [0, 1];
      const waiter = this.#lanes[first]?.shift() ?? this.#lanes[second]?.shift();
      if (!waiter) return;
      this.#turn = turn;
      clearTimeout(waiter.timer);
      waiter.enter();
    }
  }
}
