/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Devices: an instance of a driver, its configuration, and the functions of its class.
 *
 * A driver defines one for each instance that the board has; an application gets it by
 * DEVICE_DT_GET(DT_NODELABEL(uart0)) at build time, or by name with device_get_binding().
 */

#ifndef ZEPHYR_INCLUDE_DEVICE_H_
#define ZEPHYR_INCLUDE_DEVICE_H_

#include <zephyr/devicetree.h>
#include <zephyr/init.h>
#include <zephyr/sys/iterable_sections.h>
#include <zephyr/sys/util.h>
#include <zephyr/types.h>

/** What changes about a device. */
struct device_state {
	uint8_t init_res; /**< Error of its initialization, without the sign; 0: none. */
	bool initialized;
};

/** A device. Constant; the driver looks behind the void pointers. */
struct device {
	const char *name;
	const void *config; /**< Addresses, lines, rates. */
	const void *api;    /**< Functions of the class, such as struct uart_driver_api. */
	struct device_state *state;
	void *data; /**< The driver's variables. */
};

#define DEVICE_NAME_GET(dev_id)  _CONCAT(__device_, dev_id)
#define DEVICE_DT_NAME_GET(node) DEVICE_NAME_GET(node)

/** The device of another file, by the identifier of its definition. */
#define DEVICE_GET(dev_id)     (&DEVICE_NAME_GET(dev_id))
#define DEVICE_DECLARE(dev_id) extern const struct device DEVICE_NAME_GET(dev_id)

/** The device of a node. A link error if no driver of the image defines it. */
#define DEVICE_DT_GET(node) (&DEVICE_DT_NAME_GET(node))

/** The same, NULL if the board does not have the node. */
#define DEVICE_DT_GET_OR_NULL(node) COND_CODE_1(DT_NODE_EXISTS(node), (DEVICE_DT_GET(node)), (NULL))

/**
 * @brief Define a device and have it initialized.
 *
 * @param dev_id    Identifier, for DEVICE_GET().
 * @param name_     String, for device_get_binding().
 * @param init_fn_  int (*)(const struct device *), or NULL.
 * @param pm_       NULL: this kernel has no power management yet.
 * @param data_, config_, api_  See struct device.
 * @param level_, prio_         When to initialize, see <zephyr/init.h>.
 */
#define DEVICE_DEFINE(dev_id, name_, init_fn_, pm_, data_, config_, level_, prio_, api_)           \
	static struct device_state _CONCAT(__device_state_, dev_id);                               \
	const STRUCT_SECTION_ITERABLE(device, DEVICE_NAME_GET(dev_id)) = {                         \
		.name = (name_),                                                                   \
		.config = (config_),                                                               \
		.api = (api_),                                                                     \
		.state = &_CONCAT(__device_state_, dev_id),                                        \
		.data = (data_),                                                                   \
	};                                                                                         \
	static const STRUCT_SECTION_ITERABLE(init_entry, _CONCAT(init_entry_, dev_id)) = {         \
		.run_level = init_run_level,                                                       \
		.init_device = (init_fn_),                                                         \
		.dev = &DEVICE_NAME_GET(dev_id),                                                   \
		.level = INIT_LEVEL_##level_,                                                      \
		.priority = (prio_),                                                               \
	}

/** DEVICE_DEFINE() for a node of the board. */
#define DEVICE_DT_DEFINE(node, init_fn_, pm_, data_, config_, level_, prio_, api_)                 \
	DEVICE_DEFINE(node, DT_NODE_FULL_NAME(node), init_fn_, pm_, data_, config_, level_, prio_, \
		      api_)

/** Whether a device was initialized without an error. Any context. */
static inline bool device_is_ready(const struct device *dev)
{
	return dev != NULL && dev->state->initialized && dev->state->init_res == 0U;
}

/** The device of a name, or NULL if there is none that is ready. Any context. O(devices). */
const struct device *device_get_binding(const char *name);

/* The board's devices, so that DEVICE_DT_GET() needs no declaration. */
#define Z_DEVICE_DECLARE(label) DEVICE_DECLARE(DT_NODELABEL(label));
BOARD_DEVICES(Z_DEVICE_DECLARE)

#endif /* ZEPHYR_INCLUDE_DEVICE_H_ */
