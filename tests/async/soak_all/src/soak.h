/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What the parts of the soak share.
 *
 * Each kind of objects is a family: some objects, and deeds that can be done with them. Tasks,
 * threads and interrupts draw deeds at random. A family keeps account of what its deeds have come
 * to, and says in the end whether it balances.
 *
 * The accounts need no lock: an interrupt or a switch of threads takes place only where some call
 * of the kernel unmasks interrupts, and no such call lies within an entry.
 */

#ifndef TESTS_ASYNC_SOAK_ALL_SOAK_H_
#define TESTS_ASYNC_SOAK_ALL_SOAK_H_

#include <eddy/eddy.h>
#include <zephyr/ztest.h>

struct family;

/* Room for what a deed has to remember; that of one that can be an arm of a select. */
#define DEED_ROOM 512
#define ARM_ROOM  320

/* And for a play. */
#define PLAY_ROOM 4096

/*
 * Something to do with an object. Either an operation, in all the faces that it has:
 *
 *	begin, then one of wait, block, try, arm, then end; if that says so, later give_back.
 *
 * Or an async function of a task alone, or something a thread does, or that is over at once.
 */
struct deed {
	const char *name;
	/* Choose an object and prepare. False: not now. */
	bool (*begin)(void *room);
	int (*wait)(struct eddy_task *self, void *room, k_timeout_t timeout);
	int (*block)(void *room, k_timeout_t timeout);
	int (*try)(void *room);
	void (*arm)(struct eddy_arm *arm, void *room);
	/* Account for the result. True: something is held, and has to be given back. */
	bool (*end)(void *room, int result);
	void (*give_back)(void *room, struct eddy_task *self);

	int (*play)(struct eddy_task *self, void *room); /* Task. */
	void (*thread)(void);                            /* Thread. */
	void (*now)(void);                               /* Any context. */

	unsigned int weight; /* How often it is drawn; 0: 1. */
	struct family *family;
};

struct family {
	const char *name;
	struct deed *deeds;
	unsigned int count;
	void (*set_up)(void);
	void (*check)(void); /* When all is over. Fails unless the account balances. */
	uint32_t operations;
	uint32_t done; /* Those of them that were not refused. */
	uint32_t timed_out;
	uint32_t canceled;
};

/* All of them; NULL at the end. */
extern struct family *const families[];

#define FAMILY(name_, deeds_, set_up_, check_)                                                     \
	{                                                                                          \
		.name = (name_), .deeds = (deeds_), .count = ARRAY_SIZE(deeds_),                   \
		.set_up = (set_up_), .check = (check_),                                            \
	}

/* An operation was done, or refused. */
void count(struct family *family, int result);

/* End the program, naming the family. */
void fail(const struct family *family, const char *file, int line, const char *condition);

#define CHECK(family, condition)                                                                   \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fail((family), __FILE__, __LINE__, #condition);                            \
		}                                                                                  \
	} while (false)

/* An async function as the play of a deed. */
#define PLAY(fn)                                                                                   \
	static int play_##fn(struct eddy_task *self, void *room)                                   \
	{                                                                                          \
		BUILD_ASSERT(sizeof(struct fn) <= PLAY_ROOM, "no room");                           \
		return eddy_call(self, fn, (struct fn *)room);                                     \
	}

/* Of all families together. */
extern uint32_t operations;

/* Print how many operations there were. */
void report(void);

/* Whether a run comes to its end: begin nothing new. */
extern bool quit;

/* Set the seed; then have the families' deeds ready to be drawn. */
void begin_to_draw(void);
void set_up_families(void);

/* Random numbers: one stream for all, so that a seed stands for a whole run. */
uint32_t chance(uint32_t limit);

/* A time limit: none, for ever, or some ticks. Without K_FOREVER, and not too long, the second. */
k_timeout_t some_time(void);
k_timeout_t some_limit(void);

/* Uptime in ticks before which such a wait must not time out; INT64_MAX: never. */
int64_t limit_of(k_timeout_t timeout);

/* The weather: it changes now and then. */
struct weather {
	uint32_t actors;
	uint32_t calm;  /* Of how many chances to interrupt one is taken. */
	uint32_t pause; /* Ticks between two looks of the test's thread. */
};

extern const struct weather *weather;

void change_weather(void);

/*
 * At times there is hardly anybody, and no interrupt that would make a lost wake good. Then whoever
 * was due at @due must not be late. And others had better pause.
 */
bool is_lonely(void);
void check_late(const struct family *family, int64_t due);

/* Executors of all kinds. One that is stopped in between goes on at once. */
void start_executors(void);
void stop_executors(void);
void stop_some_executor(void);
struct eddy_executor *some_executor(void);

/* The tasks that act. */
void spawn_actors(void);
void end_actors(void);
void respawn_some_actor(void);
struct eddy_task *some_actor(void);

/* How often an actor has ended. */
uint32_t endings_of(const struct eddy_task *actor);

enum face {
	FACE_TASK,      /* Operations that tasks await. */
	FACE_PLAY,      /* Plays of tasks. */
	FACE_THREAD,    /* What threads do. */
	FACE_INTERRUPT, /* What interrupts do. */
	FACE_ARM,       /* What a select can wait for. */
	FACE_NOW,       /* What is over at once. */
	FACES,
};

const struct deed *some_deed(enum face face);

/*
 * Ledger of values that are sent from one to another. Each has a number of its own, until it was
 * received, once, and its sender knows that it was sent; or was not sent, and not received.
 */
uint32_t value_new(struct family *family);
void value_sent(struct family *family, uint32_t value, bool sent);
void value_received(struct family *family, uint32_t value);
void ledger_check(void);

/*
 * Something that is closed from time to time and set up anew when the last who uses it has left.
 */
struct venue {
	void *object;
	void (*drain)(void *object);
	void (*set_up)(void *object);
	uint32_t users;
	bool closed;
	bool reopens;
	uint32_t closings;
};

/* False: closed; most do not come in then. */
bool venue_enter(struct venue *venue);
void venue_leave(struct venue *venue);

/* Note that it is being closed, if this is a good moment. The caller is in it. */
bool venue_may_close(struct venue *venue);

/* Runs some deeds that are operations. */
struct errand {
	struct eddy_frame frame;
	uint32_t rounds;
	bool limited;  /* Waits are not too long. */
	bool may_fail; /* Returns -EIO now and then. */
	bool shields;
	bool was_canceled;
	const struct deed *deed;
	int64_t limit;
	uint32_t ending; /* In the order of all that have ended. */
	int result;
	char room[DEED_ROOM] __aligned(16);
};

async_decl(errand);

/* Draw deeds and do them: a thread until the end, an interrupt one. */
void act_in_thread(void *p1, void *p2, void *p3);
void act_in_interrupt(void);

/* At the end: give back what interrupts still hold. */
void empty_pockets(void);

/* In alphabetical order, but for the first. */
extern struct family task_family, sleep_family, signal_family, chan_family, prio_chan_family,
	slots_family, sem_family, event_family, watch_family, broadcast_family, pipe_family,
	mutex_family, condvar_family, rwlock_family, barrier_family, once_family, select_family,
	group_family, pool_family, block_on_family, k_sem_family, k_queue_family, k_msgq_family,
	k_pipe_family, k_event_family, k_thread_family, k_work_family;

#endif /* TESTS_ASYNC_SOAK_ALL_SOAK_H_ */
