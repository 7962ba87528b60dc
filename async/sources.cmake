# SPDX-License-Identifier: Apache-2.0

# The sources of the async library, for the pocket kernel's build and for Zephyr's.

set(EDDY_SOURCES
	${CMAKE_CURRENT_LIST_DIR}/chan.c
	${CMAKE_CURRENT_LIST_DIR}/exec.c
	${CMAKE_CURRENT_LIST_DIR}/exec_bare.c
	${CMAKE_CURRENT_LIST_DIR}/signal.c
	${CMAKE_CURRENT_LIST_DIR}/task.c
	${CMAKE_CURRENT_LIST_DIR}/timeq.c
	${CMAKE_CURRENT_LIST_DIR}/wait.c
)
if(CONFIG_EDDY_TASK_MONITOR)
	list(APPEND EDDY_SOURCES ${CMAKE_CURRENT_LIST_DIR}/monitor.c)
endif()
