/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * The part of Zephyr's devicetree macros that names devices.
 *
 * There is no devicetree. A board's <board_devices.h> lists its devices by label, BOARD_DEVICES(X),
 * defines DT_N_<label>_EXISTS as 1 for each, and DT_CHOSEN_<role> for the roles that they play,
 * such as DT_CHOSEN_zephyr_console. A node identifier is the token DT_N_<label>.
 */

#ifndef ZEPHYR_INCLUDE_DEVICETREE_H_
#define ZEPHYR_INCLUDE_DEVICETREE_H_

#include <board_devices.h>
#include <zephyr/sys/util.h>

/** Node of a device, by its label. */
#define DT_NODELABEL(label) _CONCAT(DT_N_, label)

/** Node of the device that plays a role, with '_' for what is not a letter: zephyr_console. */
#define DT_CHOSEN(role) _CONCAT(DT_CHOSEN_, role)

/** 1 if the board has the node, else 0. */
#define DT_NODE_EXISTS(node) IS_ENABLED(_CONCAT(node, _EXISTS))

/** 1 if the board names a device for the role, else 0. */
#define DT_HAS_CHOSEN(role) DT_NODE_EXISTS(DT_CHOSEN(role))

/** 1 if the board has the node and it is in use; all nodes are. */
#define DT_NODE_HAS_STATUS(node, status) DT_NODE_EXISTS(node)

/** Name of a node, a string. */
#define DT_NODE_FULL_NAME(node) _CONCAT(node, _NAME)

#endif /* ZEPHYR_INCLUDE_DEVICETREE_H_ */
