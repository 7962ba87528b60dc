/* SPDX-License-Identifier: Apache-2.0 */

/* Never compiled: the configuration is to be refused before. */

int main(void)
{
	return 0;
}
