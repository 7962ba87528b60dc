/* SPDX-License-Identifier: Apache-2.0 */

/* Finding a device by its name at run time. */

#include <string.h>

#include <zephyr/device.h>

const struct device *device_get_binding(const char *name)
{
	STRUCT_SECTION_FOREACH(device, dev) {
		if (device_is_ready(dev) && strcmp(dev->name, name) == 0) {
			return dev;
		}
	}
	return NULL;
}
