/* The floor of fan-out: one write(2) per socket and post, nothing else. Prints its port, then for each
   line "POSTS SIZE" on stdin writes so many frames to every socket and prints the processor time. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static double cpu_us(void) {
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  return use.ru_utime.tv_sec * 1e6 + use.ru_utime.tv_usec + use.ru_stime.tv_sec * 1e6 + use.ru_stime.tv_usec;
}

int main(int argc, char **argv) {
  int count = argc > 1 ? atoi(argv[1]) : 1000;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 4096)) return 1;
  getsockname(listener, (struct sockaddr *)&address, &length);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  int *sockets = calloc(count, sizeof(int));
  for (int i = 0; i < count; i++) {
    sockets[i] = accept(listener, NULL, NULL);
    int one = 1;
    setsockopt(sockets[i], IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  }
  int posts, size;
  while (scanf("%d %d", &posts, &size) == 2) {
    unsigned char frame[65536] = {0x82, 0x7e, (unsigned char)(size >> 8), (unsigned char)size};
    double before = cpu_us();
    for (int post = 0; post < posts; post++)
      for (int i = 0; i < count; i++)
        if (write(sockets[i], frame, size + 4) < 0) return 2;
    printf("%.0f\n", cpu_us() - before);
    fflush(stdout);
  }
  return 0;
}
