/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The big soak: tasks on executors of all kinds, threads, timers and interrupts do what chance
 * tells them, with all objects of the library and those of the kernel that it can await, with
 * interrupts wherever one could take place. In the end each object's account must balance, and
 * everybody must come home.
 *
 * The seed is printed; the environment variable SEED sets another one. A failure names the object.
 */

#include <zephyr/board.h>
#include <zephyr/irq.h>

#include <arch/linux_test.h>
#include <random.h>

#include "soak.h"
#include "workers.h"

#define ACTORS  64
#define THREADS 5
#define STACK   8192

/* Lines that no device of the board uses, and their priorities: one nests over the other. */
#define PATIENT_LINE     30
#define PATIENT_PRIORITY 4
#define URGENT_LINE      31
#define URGENT_PRIORITY  0

struct family *const families[] = {
	&task_family,      &sleep_family,     &signal_family,  &chan_family,
	&prio_chan_family, &slots_family,     &sem_family,     &event_family,
	&watch_family,     &broadcast_family, &pipe_family,    &mutex_family,
	&condvar_family,   &rwlock_family,    &barrier_family, &once_family,
	&select_family,    &group_family,     &pool_family,    &block_on_family,
	&k_sem_family,     &k_queue_family,   &k_msgq_family,  &k_pipe_family,
	&k_event_family,   &k_thread_family,  &k_work_family,  NULL,
};

bool quit;
static bool all_home;
static uint32_t operations;

/* Decks to draw from. */
#define DECK_SIZE 512

static struct {
	const struct deed *deeds[DECK_SIZE];
	uint32_t count;
} decks[FACES];

uint32_t chance(uint32_t limit)
{
	return random_below(limit);
}

k_timeout_t some_limit(void)
{
	switch (chance(6)) {
	case 0:
		return K_NO_WAIT;
	case 1:
		return K_TIMEOUT_ABS_TICKS(k_uptime_ticks() + chance(10));
	case 2:
		return K_TICKS(1U + chance(200));
	default:
		return K_TICKS(1U + chance(20));
	}
}

k_timeout_t some_time(void)
{
	static const k_ticks_t long_times[] = {10000, INT32_MAX, INT64_MAX - 1};

	switch (chance(16)) {
	case 0:
		return K_TICKS(long_times[chance(ARRAY_SIZE(long_times))]);
	case 1:
	case 2:
	case 3:
		return K_FOREVER;
	default:
		return some_limit();
	}
}

int64_t limit_of(k_timeout_t timeout)
{
	if (K_TIMEOUT_EQ(timeout, K_FOREVER)) {
		return INT64_MAX;
	}
	if (timeout.ticks < 0) {
		return Z_TICK_ABS(timeout.ticks);
	}
	return timeout.ticks == 0 ? 0 : MIN(timeout.ticks, INT64_MAX / 2) + k_uptime_ticks();
}

const struct deed *some_deed(enum face face)
{
	return decks[face].deeds[chance(decks[face].count)];
}

void count(struct family *family, int result)
{
	operations++;
	family->operations++;
	family->done += result >= 0 ? 1U : 0U;
	family->timed_out += result == -EAGAIN ? 1U : 0U;
	family->canceled += result == -ECANCELED ? 1U : 0U;
}

static void report(void)
{
	printk("%-12s %10s %10s %10s %10s\n", "", "operations", "done", "timed out", "canceled");
	for (int i = 0; families[i] != NULL; i++) {
		printk("%-12s %10u %10u %10u %10u\n", families[i]->name, families[i]->operations,
		       families[i]->done, families[i]->timed_out, families[i]->canceled);
	}
	printk("%-12s %10u in %u s\n", "all", operations, (unsigned int)(k_uptime_get() / 1000));
}

void fail(const struct family *family, const char *file, int line, const char *condition)
{
	printk("FAILED: %s: %s:%d: %s\n", family->name, file, line, condition);
	report();
	board_exit(1);
}

static void add_to_deck(enum face face, const struct deed *deed)
{
	for (uint32_t i = 0U; i < MAX(deed->weight, 1U); i++) {
		CHECK(deed->family, decks[face].count < DECK_SIZE);
		decks[face].deeds[decks[face].count++] = deed;
	}
}

static void deal(struct deed *deed)
{
	if (deed->wait != NULL) {
		add_to_deck(FACE_TASK, deed);
	}
	if (deed->play != NULL) {
		add_to_deck(FACE_PLAY, deed);
	}
	if (deed->block != NULL || deed->thread != NULL || deed->now != NULL) {
		add_to_deck(FACE_THREAD, deed);
	}
	if (deed->try != NULL || deed->now != NULL) {
		add_to_deck(FACE_INTERRUPT, deed);
	}
	if (deed->arm != NULL) {
		add_to_deck(FACE_ARM, deed);
	}
	if (deed->now != NULL) {
		add_to_deck(FACE_NOW, deed);
	}
}

static void set_up_families(void)
{
	for (int i = 0; families[i] != NULL; i++) {
		for (unsigned int k = 0U; k < families[i]->count; k++) {
			families[i]->deeds[k].family = families[i];
			deal(&families[i]->deeds[k]);
		}
		if (families[i]->set_up != NULL) {
			families[i]->set_up();
		}
	}
}

/* Executors of all kinds. */
#define THREAD_EXECUTORS 3

static const int priorities[THREAD_EXECUTORS] = {PRIO_COOP, PRIO_HIGH, PRIO_LOW};
static struct eddy_executor thread_executors[THREAD_EXECUTORS];
static struct eddy_work_executor work_executor;
static struct eddy_irq_executor patient_executor;
static struct eddy_irq_executor urgent_executor;
static struct eddy_bare_executor bare_executor;

static struct eddy_executor polled_executor;

static struct eddy_executor *const executors[] = {
	&polled_executor,          &thread_executors[0],    &thread_executors[1],
	&thread_executors[2],      &work_executor.executor, &patient_executor.executor,
	&urgent_executor.executor, &bare_executor.executor,
};

/* Of those, of the bare one and of the one that is polled. */
#define BARE             THREAD_EXECUTORS
#define POLLED           (THREAD_EXECUTORS + 1)
#define EXECUTOR_THREADS (THREAD_EXECUTORS + 2)

static struct k_thread executor_threads[EXECUTOR_THREADS];
static K_THREAD_STACK_ARRAY_DEFINE(executor_stacks, EXECUTOR_THREADS, STACK);
static struct k_work_q queue;
static K_THREAD_STACK_DEFINE(queue_stack, STACK);

struct eddy_executor *some_executor(void)
{
	return executors[chance(ARRAY_SIZE(executors))];
}

/* Runs its executor again whenever somebody has stopped it. */
static void run_executor(void *executor, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!all_home) {
		eddy_executor_run(executor);
	}
}

static void run_bare(void *executor, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!all_home) {
		eddy_bare_executor_run(executor);
	}
}

/* Polls its executor, and has the work queue drained now and then. */
static void run_polled(void *executor, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!all_home) {
		while (eddy_executor_poll(executor)) {
		}
		k_sleep(K_TICKS(1U + chance(4)));
		if (chance(100) == 0U) {
			(void)k_work_queue_drain(&queue, true);
			k_sleep(K_TICKS(chance(5)));
			(void)k_work_queue_unplug(&queue);
		}
	}
}

static void start_thread(int index, k_thread_entry_t entry, void *executor, int prio)
{
	k_thread_create(&executor_threads[index], executor_stacks[index], STACK, entry, executor,
			NULL, NULL, prio, 0, K_NO_WAIT);
}

static void start_executors(void)
{
	k_work_queue_start(&queue, queue_stack, STACK, PRIO_TEST, NULL);
	for (int i = 0; i < THREAD_EXECUTORS; i++) {
		eddy_executor_init(&thread_executors[i], "soak");
		start_thread(i, run_executor, &thread_executors[i], priorities[i]);
	}
	/* It never leaves the CPU to those of its priority or below. */
	eddy_bare_executor_init(&bare_executor, "bare");
	start_thread(BARE, run_bare, &bare_executor, PRIO_LOW + 1);
	eddy_executor_init(&polled_executor, "polled");
	start_thread(POLLED, run_polled, &polled_executor, PRIO_TEST);

	eddy_work_executor_init(&work_executor, "work", &queue);
	eddy_irq_executor_init(&patient_executor, "patient", PATIENT_LINE);
	IRQ_CONNECT(PATIENT_LINE, PATIENT_PRIORITY, eddy_irq_executor_isr, &patient_executor, 0);
	irq_enable(PATIENT_LINE);
	eddy_irq_executor_init(&urgent_executor, "urgent", URGENT_LINE);
	IRQ_CONNECT(URGENT_LINE, URGENT_PRIORITY, eddy_irq_executor_isr, &urgent_executor, 0);
	irq_enable(URGENT_LINE);
}

static void stop_executors(void)
{
	all_home = true;
	for (int i = 0; i < THREAD_EXECUTORS; i++) {
		zassert_equal(k_thread_priority_get(&executor_threads[i]), priorities[i],
			      "executor %d still inherits a priority", i);
	}
	zassert_equal(k_thread_priority_get(k_work_queue_thread_get(&queue)), PRIO_TEST);
	for (int i = 0; i < THREAD_EXECUTORS; i++) {
		eddy_executor_stop(&thread_executors[i]);
	}
	eddy_executor_stop(&bare_executor.executor);
	for (int i = 0; i < EXECUTOR_THREADS; i++) {
		zassert_equal(k_thread_join(&executor_threads[i], K_SECONDS(10)), 0,
			      "executor %d is stuck", i);
	}
	(void)k_work_queue_drain(&queue, true);
	irq_disable(PATIENT_LINE);
	irq_disable(URGENT_LINE);
	for (uint32_t i = 0U; i < ARRAY_SIZE(executors); i++) {
		zassert_is_null(executors[i]->deadlines, "executor %u: a deadline is left", i);
		zassert_is_null(executors[i]->first, "executor %u: a task is left", i);
		zassert_is_null(executors[i]->again, "executor %u: a task is left", i);
	}
}

/* The weather: how many actors there are, how seldom it interrupts, how long it goes on so. */
static const struct weather {
	uint32_t actors;
	uint32_t calm; /* Of how many chances to interrupt one is taken. */
	uint32_t pause;
} weathers[] = {
	{ACTORS, 3U, 20U},    {ACTORS, 10U, 20U}, {ACTORS, 24U, 20U}, {ACTORS, 24U, 20U},
	{ACTORS, 1000U, 20U}, {8U, 24U, 20U},     {3U, 1000U, 2000U}, {1U, 1000U, 2000U},
};

static const struct weather *weather = &weathers[2];
static int64_t lonely_since = INT64_MAX;

bool is_lonely(void)
{
	return weather->actors <= 3U;
}

void check_late(const struct family *family, int64_t due)
{
	if (due > lonely_since) {
		CHECK(family, k_uptime_ticks() <= due + 100);
	}
}

/* A task that goes on errands and plays until it is canceled. */
struct actor {
	struct eddy_frame frame;
	uint32_t index;
	uint32_t endings;
	const struct deed *play;
	int result;
	union {
		struct errand errand;
		char room[PLAY_ROOM] __aligned(16);
	};
};

async_fn(actor)
{
	async_begin;
	while (!quit && my->index < weather->actors) {
		my->play = NULL;
		if (chance(4) == 0U) {
			my->play = some_deed(FACE_PLAY);
			await_into(my->result, my->play->play(self, my->room));
		} else {
			await_into(my->result,
				   eddy_call(self, errand, &my->errand, .rounds = 1U + chance(8)));
		}
		if (eddy_task_is_canceled(self) && chance(2) == 0U) {
			break;
		}
		if (chance(2) == 0U) {
			await(eddy_sleep(self, K_TICKS(1U + chance(20))));
		}
	}
	my->endings++; /* nobody sees it active from here on */
	async_end;
}

static EDDY_TASK_STORAGE(actor) actors[ACTORS];

uint32_t endings_of(const struct eddy_task *actor)
{
	return CONTAINER_OF(actor, __typeof__(actors[0]), task)->frame.endings;
}

struct eddy_task *some_actor(void)
{
	return &actors[chance(ACTORS)].task;
}

void respawn_some_actor(void)
{
	if (!quit) {
		/* It may be active. */
		(void)eddy_spawn(some_executor(), &actors[chance(weather->actors)].task);
	}
}

/* Whoever is one too many ends; so does whoever is not resumed soon, by the others' doing. */
static void change_weather(void)
{
	lonely_since = INT64_MAX;
	weather = &weathers[chance(ARRAY_SIZE(weathers))];
	for (uint32_t i = weather->actors; i < ACTORS; i++) {
		(void)eddy_cancel(&actors[i].task); /* it may have ended */
	}
	if (is_lonely()) {
		k_sleep(K_TICKS(1000)); /* until all is quiet */
		lonely_since = k_uptime_ticks();
	}
}

/* Wherever an interrupt could take place, one does now and then. */
static void interrupt_hook(void)
{
	if (chance(weather->calm) == 0U) {
		act_in_interrupt();
	}
	if (chance(2000) == 0U) {
		eddy_executor_stop(&thread_executors[chance(THREAD_EXECUTORS)]);
	}
	if (chance(2000) == 0U) {
		eddy_executor_stop(&bare_executor.executor);
	}
}

static void act_on_expiry(struct k_timer *timer)
{
	act_in_interrupt();
	k_timer_start(timer, K_TICKS(1U + chance(is_lonely() ? 2000U : 7U)), K_NO_WAIT);
}

static K_TIMER_DEFINE(timer_1, act_on_expiry, NULL);
static K_TIMER_DEFINE(timer_2, act_on_expiry, NULL);

static struct k_thread threads[THREADS];
static K_THREAD_STACK_ARRAY_DEFINE(stacks, THREADS, STACK);

static void begin(void)
{
	static const int prios[THREADS] = {PRIO_COOP, PRIO_HIGH, PRIO_HIGH, PRIO_TEST, PRIO_LOW};
	unsigned int key;

	set_up_families();
	start_executors();
	key = irq_lock(); /* nobody joins or cancels one that was never spawned */
	for (uint32_t i = 0U; i < ACTORS; i++) {
		EDDY_TASK_INIT(&actors[i], actor, .index = i);
		zassert_equal(eddy_spawn(some_executor(), &actors[i].task), 0);
	}
	irq_unlock(key);
	for (int i = 0; i < THREADS; i++) {
		k_thread_create(&threads[i], stacks[i], STACK, act_in_thread, NULL, NULL, NULL,
				prios[i], 0, K_NO_WAIT);
	}
	k_timer_start(&timer_1, K_TICKS(1), K_NO_WAIT);
	k_timer_start(&timer_2, K_TICKS(1), K_NO_WAIT);
	linux_set_interrupt_hook(interrupt_hook);
}

static const char *whereabouts(uint32_t actor)
{
	const struct deed *play = actors[actor].frame.play;

	return play != NULL ? play->name : actors[actor].frame.errand.deed->name;
}

/* Everybody is told to come to an end, and does so. */
static void end(void)
{
	k_timer_stop(&timer_1);
	k_timer_stop(&timer_2);
	quit = true;
	for (uint32_t i = 0U; i < ACTORS; i++) {
		(void)eddy_cancel(&actors[i].task);
	}
	for (uint32_t i = 0U; i < ACTORS; i++) {
		zassert_equal(eddy_task_join_blocking(&actors[i].task, K_SECONDS(10)), 0,
			      "actor %u is stuck: %s", i, whereabouts(i));
	}
	for (int i = 0; i < THREADS; i++) {
		zassert_equal(k_thread_join(&threads[i], K_SECONDS(10)), 0, "thread %d is stuck",
			      i);
	}
	k_sleep(K_SECONDS(10)); /* others wait not too long */
	linux_set_interrupt_hook(NULL);
	empty_pockets();
	stop_executors();
}

ZTEST_SUITE(async_soak_all, NULL, NULL, NULL, NULL, NULL);

/* Whatever comes in whatever order: every account balances, nobody is stuck. */
ZTEST(async_soak_all, test_soak_all)
{
	k_thread_priority_set(k_current_get(), K_PRIO_COOP(1));
	random_init();
	begin();
	while (operations < SOAK_OPERATIONS) {
		int64_t start = k_uptime_ticks();

		k_sleep(K_TICKS(weather->pause));
		respawn_some_actor();
		respawn_some_actor();
		if (chance(50) == 0U) {
			change_weather();
		}
		zassert_true(k_uptime_ticks() - start < K_SECONDS(10).ticks, "time runs away");
	}
	end();
	for (int i = 0; families[i] != NULL; i++) {
		if (families[i]->check != NULL) {
			families[i]->check();
		}
		CHECK(families[i], families[i]->done > families[i]->operations / 8U);
	}
	ledger_check();
	report();
}
