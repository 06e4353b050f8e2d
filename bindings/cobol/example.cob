      *> Solves a task, handles a refusal, and gives a task up, all
      *> three at once. With GnuCOBOL:
      *>
      *>     L=/folder/of/libcaptask
      *>     cobc -x -fstatic-call example.cob -L $L -lcaptask
      *>     LD_LIBRARY_PATH=$L ./example
      *>
      *> An argument is the configuration, a JSON object; without one it
      *> is the sandbox inside the library.
       IDENTIFICATION DIVISION.
       PROGRAM-ID. EXAMPLE.

       DATA DIVISION.
       WORKING-STORAGE SECTION.
       COPY "captask.cpy".

       01  TURNSTILE.
           05  FILLER               PIC X(24) VALUE
               '{"type":"TurnstileTask",'.
           05  FILLER               PIC X(35) VALUE
               '"websiteURL":"https://example.com",'.
           05  FILLER               PIC X(19) VALUE
               '"websiteKey":"KEY"}'.
       01  ABANDONED                BINARY-DOUBLE VALUE 0.
       01  IN-FLIGHT                BINARY-LONG VALUE 0.
       01  WHAT-CAME.
           05  SOLVED               PIC X VALUE "N".
           05  REFUSED              PIC X VALUE "N".
           05  CANCELLED            PIC X VALUE "N".

       PROCEDURE DIVISION.
       MAIN-PROGRAM.
           MOVE SPACES TO CAPTASK-REQUEST
           ACCEPT CAPTASK-REQUEST FROM ARGUMENT-VALUE
           IF CAPTASK-REQUEST = SPACES
               MOVE '{"endpoint":"sandbox:"}' TO CAPTASK-REQUEST
           END-IF
           PERFORM CAPTASK-OPEN
           IF CAPTASK-CLIENT = 0
               PERFORM SHOW-ERROR
               MOVE 1 TO RETURN-CODE
               STOP RUN
           END-IF

           MOVE SPACES TO CAPTASK-REQUEST
           STRING '{"task":' TURNSTILE ',"extra":"ö漢"}'
               DELIMITED BY SIZE INTO CAPTASK-REQUEST
           END-STRING
           PERFORM SUBMIT-TASK
           MOVE '{"task":{"type":"NoSuchTask"}}' TO CAPTASK-REQUEST
           PERFORM SUBMIT-TASK
           MOVE SPACES TO CAPTASK-REQUEST
           STRING '{"task":' TURNSTILE '}'
               DELIMITED BY SIZE INTO CAPTASK-REQUEST
           END-STRING
           PERFORM SUBMIT-TASK
           MOVE CAPTASK-TICKET TO ABANDONED
           PERFORM CAPTASK-CANCEL

           PERFORM RECEIVE-ANSWER UNTIL IN-FLIGHT = 0

           PERFORM CAPTASK-CLOSE
           IF WHAT-CAME NOT = "YYY"
               MOVE 1 TO RETURN-CODE
           END-IF
           STOP RUN.

       SUBMIT-TASK.
           PERFORM CAPTASK-SUBMIT
           IF CAPTASK-TICKET = 0
               PERFORM SHOW-ERROR
           ELSE
               ADD 1 TO IN-FLIGHT
           END-IF.

       RECEIVE-ANSWER.
           PERFORM CAPTASK-RECEIVE
           IF CAPTASK-ANSWER NOT = NULL
               SUBTRACT 1 FROM IN-FLIGHT
               MOVE "/errorId" TO CAPTASK-POINTER
               PERFORM CAPTASK-PICK
               IF CAPTASK-VALUE = "0"
                   PERFORM SHOW-SOLUTION
               ELSE
                   PERFORM SHOW-FAILURE
               END-IF
           END-IF.

       SHOW-SOLUTION.
           MOVE "Y" TO SOLVED
           MOVE "/solution/token" TO CAPTASK-POINTER
           PERFORM CAPTASK-PICK
           DISPLAY "token: " FUNCTION TRIM(CAPTASK-VALUE)
           MOVE "/extra" TO CAPTASK-POINTER
           PERFORM CAPTASK-PICK
           DISPLAY "extra: " FUNCTION TRIM(CAPTASK-VALUE).

       SHOW-FAILURE.
           MOVE "/errorCode" TO CAPTASK-POINTER
           PERFORM CAPTASK-PICK
           IF CAPTASK-TICKET = ABANDONED
               MOVE "Y" TO CANCELLED
               DISPLAY "cancelled: " FUNCTION TRIM(CAPTASK-VALUE)
           ELSE
               IF CAPTASK-VALUE = "ERROR_TASK_NOT_SUPPORTED"
                   MOVE "Y" TO REFUSED
               END-IF
               DISPLAY "refused: " FUNCTION TRIM(CAPTASK-VALUE) ": "
                   WITH NO ADVANCING
               MOVE "/errorDescription" TO CAPTASK-POINTER
               PERFORM CAPTASK-PICK
               DISPLAY FUNCTION TRIM(CAPTASK-VALUE)
           END-IF.

       SHOW-ERROR.
           MOVE "/errorCode" TO CAPTASK-POINTER
           PERFORM CAPTASK-PICK
           DISPLAY FUNCTION TRIM(CAPTASK-VALUE) ": "
               UPON SYSERR WITH NO ADVANCING
           MOVE "/errorDescription" TO CAPTASK-POINTER
           PERFORM CAPTASK-PICK
           DISPLAY FUNCTION TRIM(CAPTASK-VALUE) UPON SYSERR.

       COPY "captaskp.cpy".

       END PROGRAM EXAMPLE.
