      *> captask for COBOL: what the paragraphs of captaskp.cpy take and
      *> give. Copy this one into WORKING-STORAGE, that one behind the
      *> program's own paragraphs.
      *>
      *> A task does not hold the program: CAPTASK-SUBMIT returns at
      *> once with a ticket, and CAPTASK-RECEIVE gives out the answer of
      *> whichever task is finished next. captask_solve is not here: it
      *> would hold the program, for minutes perhaps.

      *> The client, 0 while none is open.
       01  CAPTASK-CLIENT           BINARY-LONG VALUE 0.
      *> In: a configuration or a request, a JSON object. What is behind
      *> it has to be spaces, which JSON skips.
       01  CAPTASK-REQUEST-Z.
           05  CAPTASK-REQUEST      PIC X(65536).
           05  FILLER               PIC X VALUE X"00".
      *> A task's number in this program; 0 when there is none. COBOL
      *> takes 64 bits from a function only as a pointer: programs of 64
      *> bits alone can use this.
       01  CAPTASK-TICKET           BINARY-DOUBLE VALUE 0.
       01  CAPTASK-TICKET-P REDEFINES CAPTASK-TICKET USAGE POINTER.
      *> How long CAPTASK-RECEIVE waits, in milliseconds; -1 waits for
      *> ever, 0 only looks.
       01  CAPTASK-TIMEOUT-MS       BINARY-LONG VALUE 60000.
      *> An answer, or an error: a JSON object of the library's, to be
      *> asked with CAPTASK-PICK and released with CAPTASK-FREE. NULL
      *> when there is none.
       01  CAPTASK-ANSWER           USAGE POINTER VALUE NULL.
      *> In: where the value is in the answer, as "/solution/token": an
      *> RFC 6901 pointer without spaces.
       01  CAPTASK-POINTER          PIC X(255).
       01  CAPTASK-POINTER-Z        PIC X(256).
      *> Out: the value, a string bare, anything else as JSON, in UTF-8,
      *> behind it spaces. Its length in bytes; it was cut when that is
      *> not below 8192, and is not there when that is -1.
       01  CAPTASK-VALUE            PIC X(8192).
       01  CAPTASK-VALUE-LENGTH     BINARY-DOUBLE VALUE -1.
       01  CAPTASK-LENGTH-P REDEFINES CAPTASK-VALUE-LENGTH
                                    USAGE POINTER.
       01  CAPTASK-VALUE-SIZE       BINARY-DOUBLE VALUE 8192.
      *> 1, or 0 when there was nothing to cancel or to close.
       01  CAPTASK-DONE             BINARY-LONG VALUE 0.
