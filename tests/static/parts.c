/* Calls two shared objects that have captask inside, each its own. */
int first(void);
int second(void);

int main(void) {
    return first() && second() && first() ? 0 : 1;
}
