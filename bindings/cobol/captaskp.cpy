      *> captask for COBOL: paragraphs, to be copied behind the program's
      *> own. Each says what it takes and gives; captask.cpy has the
      *> data.

      *> Takes CAPTASK-REQUEST, the configuration. Gives CAPTASK-CLIENT,
      *> or 0 and the error as CAPTASK-ANSWER.
       CAPTASK-OPEN.
           PERFORM CAPTASK-FREE
           CALL "captask_open" USING
               BY REFERENCE CAPTASK-REQUEST-Z
               BY REFERENCE CAPTASK-ANSWER
               RETURNING CAPTASK-CLIENT
           END-CALL.

      *> Takes CAPTASK-REQUEST, the task. Gives CAPTASK-TICKET, or 0 and
      *> the error as CAPTASK-ANSWER; nothing was sent then.
       CAPTASK-SUBMIT.
           PERFORM CAPTASK-FREE
           CALL "captask_submit" USING
               BY VALUE CAPTASK-CLIENT
               BY REFERENCE CAPTASK-REQUEST-Z
               BY REFERENCE CAPTASK-ANSWER
               RETURNING CAPTASK-TICKET-P
           END-CALL.

      *> Takes CAPTASK-TIMEOUT-MS. Gives CAPTASK-ANSWER and
      *> CAPTASK-TICKET, whose it is; NULL and 0 when none came in time.
       CAPTASK-RECEIVE.
           PERFORM CAPTASK-FREE
           CALL "captask_receive_ticket" USING
               BY VALUE CAPTASK-CLIENT
               BY VALUE CAPTASK-TIMEOUT-MS
               BY REFERENCE CAPTASK-TICKET
               RETURNING CAPTASK-ANSWER
           END-CALL.

      *> Takes CAPTASK-TICKET and gives it up. Its answer, with the code
      *> CAPTASK_CANCELLED, is still to be received.
       CAPTASK-CANCEL.
           CALL "captask_cancel" USING
               BY VALUE CAPTASK-CLIENT
               BY VALUE SIZE 8 CAPTASK-TICKET
               RETURNING CAPTASK-DONE
           END-CALL.

      *> Takes CAPTASK-ANSWER and CAPTASK-POINTER. Gives CAPTASK-VALUE
      *> and CAPTASK-VALUE-LENGTH.
       CAPTASK-PICK.
           MOVE SPACES TO CAPTASK-VALUE
           MOVE LOW-VALUES TO CAPTASK-POINTER-Z
           STRING CAPTASK-POINTER DELIMITED BY SPACE
               INTO CAPTASK-POINTER-Z
           END-STRING
           CALL "captask_pick_into" USING
               BY VALUE CAPTASK-ANSWER
               BY REFERENCE CAPTASK-POINTER-Z
               BY REFERENCE CAPTASK-VALUE
               BY VALUE SIZE 8 CAPTASK-VALUE-SIZE
               RETURNING CAPTASK-LENGTH-P
           END-CALL
           INSPECT CAPTASK-VALUE REPLACING ALL X"00" BY SPACE.

      *> Releases CAPTASK-ANSWER. The paragraphs above that give a new
      *> one do so by themselves.
       CAPTASK-FREE.
           CALL "captask_free" USING BY VALUE CAPTASK-ANSWER
               RETURNING OMITTED
           END-CALL
           SET CAPTASK-ANSWER TO NULL.

      *> Closes the client. Tasks in flight are given up.
       CAPTASK-CLOSE.
           PERFORM CAPTASK-FREE
           CALL "captask_close" USING BY VALUE CAPTASK-CLIENT
               RETURNING CAPTASK-DONE
           END-CALL
           MOVE 0 TO CAPTASK-CLIENT.
